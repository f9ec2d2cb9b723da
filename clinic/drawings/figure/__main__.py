"""The faults of the pictures of these exercises, or of all: `python -m clinic.drawings.figure [EXERCISE …]`."""

from __future__ import annotations

import sys

from clinic.drawings.figure.checks import faults
from clinic.drawings.figure.pose_files import FOLDER, pictures_of

for exercise in sys.argv[1:] or sorted(file.stem for file in FOLDER.glob("*.yaml")):
    for name, picture in pictures_of(exercise).items():
        sys.stdout.writelines(f"{fault}\n" for fault in faults(f"{exercise} {name}", picture))
