"""Runs a command on a terminal of its own, and says what it writes there.

terminal.py ROWS COLUMNS [piped] COMMAND...

Each line of the output is what was read at once, in hexadecimal digits; the last one is "status" and the exit status. With
"piped" the command's standard error is none of the terminal's. Each line of the input is typed, in hexadecimal digits, too.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios


def main():
    rows, columns = int(sys.argv[1]), int(sys.argv[2])
    piped = sys.argv[3] == "piped"
    command = sys.argv[4:] if piped else sys.argv[3:]
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        if piped:
            os.dup2(ERROR, 2)
        os.execvp(command[0], command)
    typed = b""
    sources = [terminal, 0]
    while True:
        ready, _, _ = select.select(sources, [], [])
        if terminal in ready:
            try:
                read = os.read(terminal, 65536)
            except OSError:
                read = b""
            if not read:
                break
            print(read.hex(), flush=True)
        if 0 in ready:
            more = os.read(0, 4096)
            if not more:
                sources.remove(0)
            typed += more
            while b"\n" in typed:
                line, typed = typed.split(b"\n", 1)
                os.write(terminal, bytes.fromhex(line.decode()))
    _, status = os.waitpid(pid, 0)
    print("status", os.waitstatus_to_exitcode(status), flush=True)


ERROR = os.dup(2)
main()
