"""The shape of what is asked before a plan, of a plan in the making, and of what a client tells about a day."""

from clinic.aftercare.forms.entries import Entry, entry_told
from clinic.aftercare.forms.findings import FindingsForm
from clinic.aftercare.forms.plan import PlanForm
from clinic.aftercare.forms.practice import PracticeForm
from clinic.aftercare.forms.search import AddingForm, NarrowingForm, SearchForm
from clinic.aftercare.forms.step import StepForm, WholeNumber
from clinic.aftercare.forms.year import YearForm

__all__ = [
    "AddingForm",
    "Entry",
    "FindingsForm",
    "NarrowingForm",
    "PlanForm",
    "PracticeForm",
    "SearchForm",
    "StepForm",
    "WholeNumber",
    "YearForm",
    "entry_told",
]
