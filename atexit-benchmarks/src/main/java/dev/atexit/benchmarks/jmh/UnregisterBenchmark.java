package dev.atexit.benchmarks.jmh;

import dev.atexit.AtExit;
import dev.atexit.Registration;
import java.util.concurrent.TimeUnit;
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

/** Unregisters {@value #N} of 100,000 handlers by their handles, spread over the whole stack. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(
        value = 2,
        jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class UnregisterBenchmark {
    static final int N = 10_000;
    private static final int REGISTERED = 100_000;

    private final Registration[] registrations = new Registration[N];

    /** Fills the stack. */
    @Setup(Level.Invocation)
    public void fill() {
        for (int i = 0; i < REGISTERED; i++) {
            Registration registration = AtExit.register(new RegisterBenchmark.Handler());
            if (i % (REGISTERED / N) == 0) {
                registrations[i / (REGISTERED / N)] = registration;
            }
        }
    }

    /** Empties it. */
    @TearDown(Level.Invocation)
    public void clear() {
        AtExit.clear();
    }

    /** By handle. */
    @Benchmark
    @OperationsPerInvocation(N)
    public void byHandle() {
        for (Registration registration : registrations) {
            registration.unregister();
        }
    }
}
