"""Runs programs of ExitStackCPythonTest, one a line of standard input, and prints what each did on a line."""
import contextlib
import sys

calls = []


class BodyError(ValueError):
    pass


class Resource:
    def __init__(self, number, fails):
        self.number = number
        self.fails = fails

    def __enter__(self):
        return self

    def __exit__(self, *error):
        close(self.number, self.fails)


def close(number, fails):
    calls.append(number)
    if fails:
        raise ValueError(number)


def exit_callback(number, answer):
    def callback(kind, error, trace):
        calls.append(number + "<" + (str(error) if error else "none"))
        if answer == "x":
            raise ValueError(number)
        if answer == "r" and isinstance(error, BodyError):
            raise error
        if answer == "w":
            raise ValueError(number) from error
        return answer == "t" or answer == "o" and error is not None and int(str(error)) % 2 == 1

    return callback


def registering(stack, number, fails):
    def callback():
        calls.append(number)
        stack.callback(close, number + "0", fails)

    return callback


def fill(stack, statement, moved):
    kind, number, answer = statement.split(":")
    if kind == "e":
        stack.enter_context(Resource(number, answer == "x"))
    elif kind == "c":
        stack.callback(close, number, answer == "x")
    elif kind == "p":
        stack.push(exit_callback(number, answer))
    elif kind == "n":
        stack.callback(registering(stack, number, answer == "x"))
    elif kind == "m":
        moved.append(stack.pop_all())
    elif kind == "b":
        raise BodyError(number)
    else:
        raise SyntaxError(statement)


def chain(error):
    text = []
    while error is not None:
        assert len(text) < 100, "a cycle of contexts"
        text.append(str(error))
        error = error.__context__
    return ">".join(text)


for line in sys.stdin:
    calls.clear()
    moved = []
    thrown = None
    try:
        with contextlib.ExitStack() as stack:
            for statement in line.split():
                fill(stack, statement, moved)
    except ValueError as error:
        thrown = error
    print(" ".join(calls) + " / " + chain(thrown))
