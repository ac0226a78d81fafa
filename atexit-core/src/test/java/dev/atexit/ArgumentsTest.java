package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FakeClock;
import dev.atexit.testkit.FreshAtExit;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input throws at once, names the parameter, and nothing is registered. */
@FreshAtExit
class ArgumentsTest {
    private static final ExitHandler NOTHING = () -> {};
    private static final BoundHandler<String> BOUND = argument -> {};

    private static void refused(ThrowingCallable call, Class<? extends Exception> type, String parameter) {
        assertThatThrownBy(call).isInstanceOf(type).message().startsWith(parameter);
        assertThat(AtExit.count()).isZero();
    }

    @SuppressWarnings("NullAway")
    private static <T> T absent() {
        return null;
    }

    @Test
    void nulls_everywhere_nameTheParameter() {
        Class<NullPointerException> npe = NullPointerException.class;
        refused(() -> AtExit.register(ArgumentsTest.<ExitHandler>absent()), npe, "handler");
        refused(() -> AtExit.register("n", ArgumentsTest.<ExitHandler>absent()), npe, "handler");
        refused(() -> AtExit.register("n", ArgumentsTest.<ExitHandler>absent(), Duration.ofSeconds(1)), npe, "handler");
        refused(() -> AtExit.register(ArgumentsTest.<BoundHandler<String>>absent(), "a"), npe, "handler");
        refused(() -> AtExit.register(BOUND, absent()), npe, "argument");
        refused(() -> AtExit.register("n", BOUND, absent()), npe, "argument");
        refused(() -> AtExit.register(ArgumentsTest.<String>absent(), NOTHING), npe, "name");
        refused(() -> AtExit.register(absent(), BOUND, "a"), npe, "name");
        refused(() -> AtExit.register(absent(), NOTHING, Duration.ofSeconds(1)), npe, "name");
        refused(() -> AtExit.register("n", NOTHING, ArgumentsTest.<Duration>absent()), npe, "timeout");
        refused(() -> AtExit.closing(absent()), npe, "resource");
        refused(() -> AtExit.unregister(absent()), npe, "handler");
        refused(() -> AtExit.registerAnnotated(ArgumentsTest.<Class<?>>absent()), npe, "type");
        refused(() -> AtExit.registerAnnotated(ArgumentsTest.<Object>absent()), npe, "object");
        refused(() -> AtExit.whenUnreachable(absent(), NOTHING), npe, "object");
        refused(() -> AtExit.whenUnreachable(new Object(), absent()), npe, "action");
        refused(() -> AtExit.configure(absent()), npe, "policy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
    void name_blank_isRefused(String name) {
        refused(() -> AtExit.register(name, NOTHING), IllegalArgumentException.class, "name must not be blank");
        refused(() -> AtExit.register(name, BOUND, "a"), IllegalArgumentException.class, "name must not be blank");
        refused(
                () -> AtExit.register(name, NOTHING, Duration.ofSeconds(1)),
                IllegalArgumentException.class,
                "name must not be blank");
    }

    private static final List<Duration> NOT_POSITIVE =
            List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE));

    @Test
    void durations_zeroOrNegative_areRefusedWithTheirValue() {
        for (Duration bad : NOT_POSITIVE) {
            String rest = " must be positive, but is " + bad + "; leave it out for no bound";
            Class<IllegalArgumentException> iae = IllegalArgumentException.class;
            refused(() -> AtExit.register("n", NOTHING, bad), iae, "timeout" + rest);
            refused(() -> ExitPolicy.builder().deadline(bad), iae, "deadline" + rest);
            refused(() -> ExitPolicy.builder().stuckNotice(bad), iae, "stuckNotice" + rest);
        }
    }

    @Test
    void policy_null_namesTheParameter() {
        Consumer<ExitPolicy.Builder> noDeadline = builder -> builder.deadline(absent());
        refused(() -> noDeadline.accept(ExitPolicy.builder()), NullPointerException.class, "deadline");
        refused(() -> ExitPolicy.builder().stuckNotice(absent()), NullPointerException.class, "stuckNotice");
        refused(() -> ExitPolicy.builder().secondSignal(absent()), NullPointerException.class, "secondSignal");
        refused(() -> ExitPolicy.builder().listener(absent()), NullPointerException.class, "listener");
    }

    @Test
    void durations_tooLongForNanoseconds_areAYear() {
        long year = Duration.ofDays(365).toNanos();
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
        assertThat(Arguments.positiveNanos("timeout", longest)).isEqualTo(year);
        assertThat(Arguments.positiveNanos("timeout", Duration.ofDays(365))).isEqualTo(year);
        assertThat(Arguments.positiveNanos("timeout", Duration.ofDays(365).minusNanos(1)))
                .isEqualTo(year - 1);
    }

    @Test
    void timeout_oneNanosecond_isKept(AtExitControl control, FakeClock clock) {
        AtExit.register("n", clock::hang, Duration.ofNanos(1));
        assertThat(control.exit().entries().get(0).duration()).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void label_withoutAName_saysWhereTheHandlerIsFrom(AtExitControl control) {
        AtExit.register(() -> {});
        AtExit.register(new ExitHandler() {
            @Override
            public void run() {}
        });
        AtExit.closing(() -> {});
        assertThat(control.pending())
                .containsExactly(
                        "close lambda in dev.atexit.ArgumentsTest",
                        "dev.atexit.ArgumentsTest$1",
                        "lambda in dev.atexit.ArgumentsTest");
        AtExit.clear();
    }
}
