package dev.atexit.internal.guardian;

/**
 * What the shell does, in the language that all shells have in common. Its parameters: the number of the process that it
 * watches, its start as in field 22 of {@code /proc/PID/stat}, how many seconds pass between two looks at it, the
 * {@code java} of that process, and the arguments for it.
 *
 * <p>Its standard input is a pipe that the watched process holds open. A line {@code bye} there ends the shell and what it
 * has started. The end of the pipe means nothing by itself, since anybody may close it: the process must have ended. Nor
 * does an open pipe mean that the process lives, since a child of it may hold it open: so a look is taken now and then, by
 * the shell itself if it can read with a time limit, which is what the first {@code read} finds out, and else by a second
 * one that it starts.
 *
 * <p>As the leader of its session it is the leader of a group of processes, and ends what belongs to it by that group: at
 * the goodbye all, with SIGKILL; before it acts all but itself, with SIGUSR1, which it ignores for as long.
 */
final class ShellScript {
    static final String TEXT = """
            # atexit: removes what a program leaves behind when it is killed. Ends with the program.
            IFS=' '
            pid=$1 start=$2 pause=$3 java=$4
            shift 4
            trap '' HUP INT TERM QUIT PIPE
            ended() {
                stat=
                while read -r line || [ -n "$line" ]; do stat="$stat $line"; done </proc/$pid/stat
                [ -n "$stat" ] || { [ -d /proc/$$ ] && [ ! -d /proc/$pid ]; return; }
                # The name of the program, in parentheses, may hold anything, but what follows it are numbers.
                set -- ${stat##*) }
                [ "${20}" = "$start" ] || return 0
                case $1 in
                [Xx]) ;;
                # So looks a process whose first thread has ended; without other threads it has ended itself.
                Z) set -- /proc/$pid/task/*; [ $# -eq 1 ] ;;
                *) return 1 ;;
                esac
            }
            act() {
                trap - HUP INT TERM QUIT PIPE USR1
                "$java" "$@" || java "$@"
            }
            read -r -t 1 word </dev/null
            if [ $? -eq 1 ]; then
                until ended; do
                    read -r before rest </proc/uptime
                    ! read -r -t $pause word || break
                    read -r after rest </proc/uptime
                    [ $((${after%.*} - ${before%.*})) -ge $((pause - 1)) ] || break
                done
            else
                while sleep $pause; do
                    if ended; then
                        act "$@"
                        kill -KILL $$
                        exit
                    fi
                    kill -0 $$ || exit
                done </dev/null &
                read -r word
            fi
            [ "$word" != bye ] || kill -KILL -$$
            tries=0
            until ended; do
                tries=$((tries + 1))
                [ $tries -le 100 ] || sleep 0.01 || sleep 1
                [ $tries -le 200 ] || sleep $pause
            done
            trap '' USR1
            kill -USR1 -$$
            act "$@"
            """;

    private ShellScript() {}
}
