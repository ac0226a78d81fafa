"""Runs programs of AtExitCPythonTest, one a line of standard input, and prints what each did on a line."""
import atexit
import sys

calls = []
errors = []


class Handler:
    def __init__(self, number, key, unequal, actions):
        self.number = number
        self.key = key
        self.unequal = unequal
        self.actions = actions

    def __eq__(self, other):
        if self.unequal:
            raise ValueError("equals of " + self.number)
        return self.key == other.key

    def __call__(self, *arguments):
        calls.append(self.number + "".join("(" + argument + ")" for argument in arguments))
        for action in self.actions:
            act(action, self.number)


def act(action, number):
    kind, rest = action[0], action[1:]
    if kind == "x":
        raise ValueError("thrown by " + number)
    elif kind == "u":
        atexit.unregister(Handler("", rest, False, ()))
    elif kind == "c":
        atexit._clear()
    elif kind == "n":
        inner, key, *fails = rest.split(".")
        atexit.register(Handler("n" + inner, key, False, fails))
    else:
        raise SyntaxError(action)


def step(statement):
    kind, *parts = statement.split(":")
    if kind == "r":
        number, key, flags, actions = parts
        handler = Handler(number, key, "e" in flags, [a for a in actions.split(",") if a])
        atexit.register(handler, *(["bound"] if "b" in flags else []))
    elif kind == "u":
        try:
            atexit.unregister(Handler("", parts[0], False, ()))
        except ValueError as error:
            errors.append(str(error))
    elif kind == "c":
        atexit._clear()
    elif kind == "run":
        atexit._run_exitfuncs()
        calls.append("|")
    else:
        raise SyntaxError(statement)


atexit._clear()  # what the interpreter itself has registered is no part of the programs
sys.unraisablehook = lambda unraisable: errors.append(str(unraisable.exc_value))
for line in sys.stdin:
    calls.clear()
    errors.clear()
    for statement in line.split():
        step(statement)
    print(" ".join(calls) + " / " + ", ".join(errors))
