package dev.atexit.internal.exit;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * A daemon thread that inherits nothing from whoever happened to create it: it belongs to the root thread group, has no
 * thread-locals and the system class loader as context. Inherited ones would keep an undeployed web application in
 * memory, and a destroyed group would lose the shutdown hook without a word.
 */
public final class SystemThread extends Thread {
    /** Creates a thread that is not started. */
    public SystemThread(String name, Runnable work) {
        super(rootGroup(), work, name, 0, false);
        setDaemon(true);
        setPriority(NORM_PRIORITY);
        setContextClassLoader(ClassLoader.getSystemClassLoader());
    }

    /**
     * Creates a thread that does not even remember the classes of who asked for it, as threads do up to JDK 23. In an
     * ordinary program there is nothing to forget; where the context class loader, or the place of this class, says that
     * there are applications inside the program, they are kept out of it.
     */
    @SuppressWarnings("removal")
    static SystemThread inheritingNothing(String name, Runnable work) {
        if (ExitScope.OF_THE_PROGRAM && currentThread().getContextClassLoader() == ClassLoader.getSystemClassLoader()) {
            return new SystemThread(name, work);
        }
        return AccessController.doPrivileged(new Creation(name, work));
    }

    /** The group above all others. */
    static ThreadGroup rootGroup() {
        ThreadGroup group = currentThread().getThreadGroup();
        for (ThreadGroup parent = group; parent != null; parent = parent.getParent()) {
            group = parent;
        }
        return group;
    }

    /** Has something done beside the program; false if the machine has no thread left to give, and it is not done. */
    public static boolean startIfPossible(String name, Runnable work) {
        return inheritingNothing(name, work).tryStart();
    }

    /** Whether the shutdown of the JVM has begun. There is no other way to know than to try to take part. */
    public static boolean isJvmShuttingDown() {
        Thread probe = new Thread(rootGroup(), null, "atexit-probe", 0, false);
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException shuttingDown) {
            return true;
        }
    }

    /** Starts the thread; false if the machine has no thread left to give. */
    final boolean tryStart() {
        try {
            start();
            return true;
        } catch (OutOfMemoryError noNativeThread) {
            return false;
        }
    }

    @SuppressWarnings("removal")
    private static final class Creation implements PrivilegedAction<SystemThread> {
        private final String name;
        private final Runnable work;

        Creation(String name, Runnable work) {
            this.name = name;
            this.work = work;
        }

        @Override
        public SystemThread run() {
            return new SystemThread(name, work);
        }
    }
}
