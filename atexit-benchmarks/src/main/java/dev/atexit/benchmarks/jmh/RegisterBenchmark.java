package dev.atexit.benchmarks.jmh;

import com.google.common.io.Closer;
import dev.atexit.AtExit;
import dev.atexit.ExitHandler;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Registers {@value #N} handlers that exist already, in every library the same ones, and forgets them outside the
 * measurement. Divide the allocation rate per operation as the profiler {@code gc} gives it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(value = 2, jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class RegisterBenchmark {
    static final int N = 10_000;

    private final Handler[] handlers = new Handler[N];
    private final Thread[] threads = new Thread[N];
    private final String[] names = new String[N];
    private ConcurrentLinkedDeque<ExitHandler> deque = new ConcurrentLinkedDeque<>();
    private Closer closer = Closer.create();
    private DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    /** One handler for all libraries. */
    static final class Handler implements ExitHandler, Closeable, Runnable, DisposableBean {
        @Override
        public void run() {}

        @Override
        public void close() {}

        @Override
        public void destroy() {}
    }

    /** Makes what will be registered. */
    @Setup(Level.Invocation)
    public void prepare() {
        for (int i = 0; i < N; i++) {
            handlers[i] = new Handler();
            threads[i] = new Thread(handlers[i]);
            names[i] = "handler-" + i;
        }
    }

    /** Forgets what was registered. */
    @TearDown(Level.Invocation)
    public void forget() throws IOException {
        AtExit.clear();
        deque = new ConcurrentLinkedDeque<>();
        closer.close();
        closer = Closer.create();
        beans = new DefaultListableBeanFactory();
        for (Thread thread : threads) {
            Runtime.getRuntime().removeShutdownHook(thread);
        }
        ShutdownHookManager.get().clearShutdownHooks();
    }

    /** This library. */
    @Benchmark
    @OperationsPerInvocation(N)
    public void atExit() {
        for (int i = 0; i < N; i++) {
            AtExit.register(handlers[i]);
        }
    }

    /** A lock-free deque of the JDK, which has no hook, no handle and no order of its own: the floor. */
    @Benchmark
    @OperationsPerInvocation(N)
    public void deque() {
        for (int i = 0; i < N; i++) {
            deque.push(handlers[i]);
        }
    }

    /** Guava. */
    @Benchmark
    @OperationsPerInvocation(N)
    public void closer() {
        for (int i = 0; i < N; i++) {
            closer.register(handlers[i]);
        }
    }

    /** The JDK's hooks; the threads exist already. */
    @Benchmark
    @OperationsPerInvocation(N)
    public void rawHooks() {
        for (int i = 0; i < N; i++) {
            Runtime.getRuntime().addShutdownHook(threads[i]);
        }
    }

    /** Spring; the names exist already. */
    @Benchmark
    @OperationsPerInvocation(N)
    public void spring() {
        for (int i = 0; i < N; i++) {
            beans.registerDisposableBean(names[i], handlers[i]);
        }
    }

    /** Hadoop. */
    @Benchmark
    @OperationsPerInvocation(N)
    public void hadoop() {
        for (int i = 0; i < N; i++) {
            ShutdownHookManager.get().addShutdownHook(handlers[i], i);
        }
    }
}
