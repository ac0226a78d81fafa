package dev.atexit.internal.exit;

/** The thread of one worker. */
final class WorkerThread extends SystemThread {
    final Worker worker;
    private final Unwinder unwinder;

    WorkerThread(Unwinder unwinder, int floor) {
        super("atexit-runner");
        this.unwinder = unwinder;
        this.worker = new Worker(this, false, floor);
    }

    @Override
    public void run() {
        unwinder.work(worker);
    }
}
