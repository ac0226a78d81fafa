package dev.atexit.process.explain;

import dev.atexit.AtExit;
import dev.atexit.CleanupRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** A program with a handler that gets stuck in a certain way, and then ends. */
final class StuckProgram {
    private static final Object FIRST = new Object();
    private static final Object SECOND = new Object();
    private static final ReentrantLock LOCK = new ReentrantLock();

    private StuckProgram() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "lock" -> {
                holdForEver("holder");
                AtExit.register("needs the lock", StuckProgram::takeLock);
            }
            case "deadlock" -> {
                CountDownLatch first = new CountDownLatch(1);
                CountDownLatch second = new CountDownLatch(1);
                start("other", () -> {
                    synchronized (SECOND) {
                        second.countDown();
                        first.await();
                        synchronized (FIRST) {
                            System.err.println("never reached");
                        }
                    }
                });
                second.await();
                AtExit.register("takes both", () -> {
                    synchronized (FIRST) {
                        first.countDown();
                        synchronized (SECOND) {
                            System.err.println("never reached");
                        }
                    }
                });
            }
            case "exit-with-lock" -> {
                AtExit.register("needs what main holds", () -> {
                    synchronized (FIRST) {
                        System.err.println("never reached");
                    }
                });
                synchronized (FIRST) {
                    System.exit(3);
                }
            }
            case "sleep" -> AtExit.register("sleeps", () -> Thread.sleep(600_000));
            case "registry" -> {
                CleanupRegistry registry = new CleanupRegistry();
                registry.register("sleeps", () -> Thread.sleep(600_000));
            }
            case "wait" -> {
                AtExit.register("sleeps", () -> Thread.sleep(600_000));
                AtExit.register("quick", () -> {});
                System.out.println("ready");
                new CountDownLatch(1).await();
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void takeLock() {
        LOCK.lock();
    }

    private static void holdForEver(String name) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        start(name, () -> {
            LOCK.lock();
            held.countDown();
            keepHolding();
        });
        held.await();
    }

    private static void keepHolding() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException asked) {
                        System.err.println(name + " was interrupted");
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
