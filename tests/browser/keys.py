"""Somebody who never touches the mouse."""


class Keys:
    """Both hands on the keyboard; every key is counted."""

    def __init__(self, person):
        self.page, self.pressed = person.page, 0

    def type(self, text):
        self.pressed += len(text)
        self.page.keyboard.type(text)

    def press(self, *keys):
        for key in keys:
            self.pressed += 1
            self.page.keyboard.press(key)

    def until(self, place):
        """Tab on to it."""
        for _ in range(60):
            if place.evaluate("here => here === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"never came to {place}")
