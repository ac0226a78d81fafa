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
 * measurement. The allocation rate that the profiler {@code gc} gives for each operation counts the forgetting, too: 4 bytes
 * for {@code AtExit.clear}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(
        value = 2,
        jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class RegisterBenchmark {
    static final int N = 10_000;

    private static final Handler[] HANDLERS = new Handler[N];

    static {
        for (int i = 0; i < N; i++) {
            HANDLERS[i] = new Handler();
        }
    }

    /** One handler for all libraries. */
    static final class Handler implements ExitHandler, Closeable, Runnable, DisposableBean {
        @Override
        public void run() {}

        @Override
        public void close() {}

        @Override
        public void destroy() {}
    }

    /** This library. */
    @State(Scope.Thread)
    public static class Ours {
        /** Forgets what was registered. */
        @TearDown(Level.Invocation)
        public void forget() {
            AtExit.clear();
        }
    }

    /** This library. */
    @Benchmark
    @OperationsPerInvocation(N)
    public void atExit(Ours state) {
        for (int i = 0; i < N; i++) {
            AtExit.register(HANDLERS[i]);
        }
    }

    /** A deque of the JDK. */
    @State(Scope.Thread)
    public static class Deque {
        private final ConcurrentLinkedDeque<ExitHandler> deque = new ConcurrentLinkedDeque<>();

        /** Forgets what was registered. */
        @TearDown(Level.Invocation)
        public void forget() {
            deque.clear();
        }
    }

    /** A lock-free deque of the JDK, which has no hook, no handle and no exit: the floor. */
    @Benchmark
    @OperationsPerInvocation(N)
    public void deque(Deque state) {
        for (int i = 0; i < N; i++) {
            state.deque.push(HANDLERS[i]);
        }
    }

    /** Guava. */
    @State(Scope.Thread)
    public static class Guava {
        private Closer closer = Closer.create();

        /** Forgets what was registered. */
        @TearDown(Level.Invocation)
        public void forget() throws IOException {
            closer.close();
            closer = Closer.create();
        }
    }

    /** Guava. */
    @Benchmark
    @OperationsPerInvocation(N)
    public void closer(Guava state) {
        for (int i = 0; i < N; i++) {
            state.closer.register(HANDLERS[i]);
        }
    }

    /** The JDK's hooks. */
    @State(Scope.Thread)
    public static class Raw {
        private final Thread[] threads = new Thread[N];

        /** A hook is a thread. */
        @Setup(Level.Invocation)
        public void prepare() {
            for (int i = 0; i < N; i++) {
                threads[i] = new Thread(HANDLERS[i]);
            }
        }

        /** Forgets what was registered. */
        @TearDown(Level.Invocation)
        public void forget() {
            for (Thread thread : threads) {
                Runtime.getRuntime().removeShutdownHook(thread);
            }
        }
    }

    /** The JDK's hooks; the threads exist already, and are counted as allocation. */
    @Benchmark
    @OperationsPerInvocation(N)
    public void rawHooks(Raw state) {
        for (int i = 0; i < N; i++) {
            Runtime.getRuntime().addShutdownHook(state.threads[i]);
        }
    }

    /** Spring. */
    @State(Scope.Thread)
    public static class Spring {
        private final String[] names = new String[N];
        private DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

        /** Beans have names. */
        @Setup(Level.Trial)
        public void prepare() {
            for (int i = 0; i < N; i++) {
                names[i] = "handler-" + i;
            }
        }

        /** Forgets what was registered. */
        @TearDown(Level.Invocation)
        public void forget() {
            beans = new DefaultListableBeanFactory();
        }
    }

    /** Spring; the names exist already. */
    @Benchmark
    @OperationsPerInvocation(N)
    public void spring(Spring state) {
        for (int i = 0; i < N; i++) {
            state.beans.registerDisposableBean(state.names[i], HANDLERS[i]);
        }
    }

    /** Hadoop. */
    @State(Scope.Thread)
    public static class Hadoop {
        /** Forgets what was registered. */
        @TearDown(Level.Invocation)
        public void forget() {
            ShutdownHookManager.get().clearShutdownHooks();
        }
    }

    /** Hadoop. */
    @Benchmark
    @OperationsPerInvocation(N)
    public void hadoop(Hadoop state) {
        for (int i = 0; i < N; i++) {
            ShutdownHookManager.get().addShutdownHook(HANDLERS[i], i);
        }
    }
}
