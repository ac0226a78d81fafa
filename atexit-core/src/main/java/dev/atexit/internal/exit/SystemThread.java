package dev.atexit.internal.exit;

/**
 * A daemon thread that inherits nothing from whoever happened to create it: it belongs to the root thread group, has no
 * thread-locals and the system class loader as context. Inherited ones would keep an undeployed web application in
 * memory, and a destroyed group would lose the shutdown hook without a word.
 */
public abstract class SystemThread extends Thread {
    /** Creates a thread that is not started. */
    protected SystemThread(String name) {
        super(rootGroup(), null, name, 0, false);
        setDaemon(true);
        setPriority(NORM_PRIORITY);
        setContextClassLoader(ClassLoader.getSystemClassLoader());
    }

    /** The group above all others. */
    static ThreadGroup rootGroup() {
        ThreadGroup group = currentThread().getThreadGroup();
        for (ThreadGroup parent = group; parent != null; parent = parent.getParent()) {
            group = parent;
        }
        return group;
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
}
