"""What is wrong with a number, said so that whoever typed it can mend it."""


class CodeError(ValueError):
    """`code` is stable and dotted; `says` (what is wrong) and `do` (what to do) are plain Chinese.

    Neither repeats the number: it may be personal.
    """

    def __init__(self, code: str, says: str, do: str) -> None:
        super().__init__(f"{code}: {says}")
        self.code, self.says, self.do = code, says, do
