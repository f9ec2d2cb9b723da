FLASK_APP=clinic.wsgi:for_commands
