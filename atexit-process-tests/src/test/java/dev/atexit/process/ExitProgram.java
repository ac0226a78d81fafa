package dev.atexit.process;

import dev.atexit.AtExit;
import dev.atexit.ExitPolicy;
import dev.atexit.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The programs of {@link ExitTableTest}: registers what the scenario says and ends as the ending says. */
final class ExitProgram {
    private static List<Object> hoard;
    private static volatile boolean heapIsFull;

    private ExitProgram() {}

    public static void main(String[] args) throws Exception {
        Scenario.valueOf(args[0]).prepare();
        Ending.valueOf(args[1]).perform();
    }

    /** What is registered before the program ends. */
    enum Scenario {
        IN_ORDER {
            @Override
            void prepare() {
                note("first");
                note("second");
                note("third");
            }
        },
        THROWS {
            @Override
            @SuppressWarnings("removal")
            void prepare() {
                note("first");
                AtExit.register("exception", () -> {
                    throw new java.io.IOException("disk on fire");
                });
                AtExit.register("error", () -> {
                    throw new AssertionError("no");
                });
                AtExit.register("death", () -> {
                    throw new ThreadDeath();
                });
                AtExit.register("overflow", () -> deep(1));
                AtExit.register("memory", () -> hoard = List.of(new long[Integer.MAX_VALUE - 8]));
                note("last");
            }
        },
        FILLS_THE_HEAP {
            @Override
            void prepare() {
                note("first");
                AtExit.register("memory", ExitProgram::hoardAll);
                note("last");
            }
        },
        FILLS_THE_HEAP_SILENTLY {
            @Override
            void prepare() {
                note("first");
                AtExit.register("memory", () -> {
                    try {
                        hoardAll();
                    } catch (OutOfMemoryError full) {
                        // Nothing that needs memory: the list would sometimes have to grow.
                        heapIsFull = true;
                    }
                });
                note("last");
            }
        },
        HANGS_WITH_TIMEOUT {
            @Override
            void prepare() {
                note("first");
                AtExit.register("hangs", ExitProgram::hang, Duration.ofMillis(300));
                note("last");
            }
        },
        IGNORES_INTERRUPT {
            @Override
            void prepare() {
                note("first");
                AtExit.register("stubborn", ExitProgram::hangStubbornly, Duration.ofMillis(300));
                note("last");
            }
        },
        HANGS_WITH_DEADLINE {
            @Override
            void prepare() {
                AtExit.configure(
                        ExitPolicy.builder().deadline(Duration.ofSeconds(4)).build());
                for (int i = 10; i > 0; i--) {
                    note("behind " + i);
                }
                for (int i = 3; i > 0; i--) {
                    AtExit.register("hangs " + i, ExitProgram::hangStubbornly);
                }
            }
        },
        ALL_HANG_WITH_DEADLINE {
            @Override
            void prepare() {
                AtExit.configure(
                        ExitPolicy.builder().deadline(Duration.ofSeconds(1)).build());
                note("first");
                for (int i = 40; i > 0; i--) {
                    AtExit.register("hangs " + i, ExitProgram::hangStubbornly);
                }
            }
        },
        REGISTERS_ANOTHER {
            @Override
            void prepare() {
                note("first");
                AtExit.register(() -> {
                    say("second");
                    note("second's own");
                    AtExit.register(() -> {
                        say("second's other");
                        note("grandchild");
                    });
                });
                note("third");
            }
        },
        EXITS_INSIDE {
            @Override
            void prepare() {
                note("first");
                AtExit.register("exits", () -> System.exit(77));
                note("second");
                AtExit.register("exits too", () -> System.exit(78));
                note("third");
            }
        },
        HELPER_EXITS {
            @Override
            void prepare() {
                AtExit.configure(
                        ExitPolicy.builder().deadline(Duration.ofSeconds(2)).build());
                note("first");
                AtExit.register("waits for one that exits", () -> {
                    Thread helper = new Thread(() -> System.exit(77), "helper");
                    helper.start();
                    helper.join();
                });
                note("second");
            }
        },
        REMOVES_INSIDE {
            @Override
            void prepare() {
                note("cleared");
                AtExit.register(() -> {
                    say("clears");
                    AtExit.clear();
                    note("registered after the clear");
                });
                Registration removed = AtExit.register(() -> say("must not run"));
                Registration[] self = new Registration[1];
                self[0] = AtExit.register(() -> say("removes: " + removed.unregister() + ", itself: "
                        + self[0].unregister() + ", again: " + removed.unregister()));
                note("last");
            }
        },
        RUNS_ALL_BY_HAND {
            @Override
            void prepare() {
                note("first");
                note("second");
                AtExit.runExitHandlers();
                say("by hand: " + AtExit.runExitHandlers().entries().size());
                note("third");
            }
        },
        RUNS_ALL_INSIDE {
            @Override
            void prepare() {
                note("first");
                AtExit.register(() -> {
                    say("runs the others");
                    AtExit.runExitHandlers();
                    say("has run the others");
                    note("registered after that");
                });
                note("last");
            }
        };

        abstract void prepare();
    }

    static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    static void note(String line) {
        AtExit.register(() -> say(line));
    }

    static void hang() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    static void hangStubbornly() {
        for (; ; ) {
            try {
                hang();
            } catch (InterruptedException ignored) {
                // That is the point.
                continue;
            }
        }
    }

    private static long deep(long n) {
        return n + deep(n + 1) + 1;
    }

    private static void hoardAll() {
        hoard = new ArrayList<>();
        for (int size = 1 << 20; ; ) {
            try {
                hoard.add(new byte[size]);
            } catch (OutOfMemoryError full) {
                if (size == 16) {
                    throw full;
                }
                size /= 2;
            }
        }
    }
}
