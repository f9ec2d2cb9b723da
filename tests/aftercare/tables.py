"""The tables worked by hand, as the tests read them."""

from pathlib import Path

COLUMNS = {
    "injury": "muscle_injury",
    "disc": "disc_acute",
    "ddd": "ddd",
    "spond": "spondylolisthesis",
    "sten": "stenosis",
    "osteo": "osteoporosis",
    "preg": "pregnancy_16w",
    "pgp": "pelvic_girdle_pain",
    "postn": "postnatal",
    "front": "hip_replacement_anterior",
    "rear": "hip_replacement_posterior",
    "pinch": "hip_pinch",
    "abdom": "abdominal_surgery",
    "kneel": "kneeling_pain",
    "bal": "balance",
    "bendy": "hypermobility",
    "floor": "floor",
}


def rows_of(name):
    """The rows of a table, its head first; remarks left out."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


_HEAD, *_ROWS = rows_of("conditions.txt")
CONDITIONS = [COLUMNS[short] for short in _HEAD[2:]]
PHASES = {row[1]: row[0] for row in _ROWS}
"""By exercise, in the order of the table."""
CELLS = {(row[1], one): cell for row in _ROWS for one, cell in zip(CONDITIONS, row[2:], strict=True)}
"""By exercise and condition."""

_STRETCHES, *_MUSCLES = rows_of("locks.txt")
STRETCHES = _STRETCHES[1:]
MUSCLES = [row[0] for row in _MUSCLES]
LOCKS = {(one, row[0]): cell == "x" for row in _MUSCLES for one, cell in zip(STRETCHES, row[1:], strict=True)}
"""By stretch and muscle."""
CORE = {"psoas", "iliacus", "rectus_femoris", "deep_abdominals", "adductors"}
"""Any of these injured is the condition of a muscle injury."""
