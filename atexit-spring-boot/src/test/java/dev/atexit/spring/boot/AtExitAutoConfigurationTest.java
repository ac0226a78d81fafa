package dev.atexit.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.AtExit;
import dev.atexit.ExitEvent;
import dev.atexit.ExitListener;
import dev.atexit.ExitPolicy;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FreshAtExit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@FreshAtExit
class AtExitAutoConfigurationTest {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtExitAutoConfiguration.class));

    /** The deadline that counts, as a handler sees it. */
    private static Optional<Duration> deadline(AtExitControl control) {
        AtomicReference<Optional<Duration>> left = new AtomicReference<>(Optional.empty());
        AtExit.register(() -> left.set(AtExit.timeLeft()));
        control.exit();
        return left.get();
    }

    @Test
    void context_withListeners_theyAreToldBesideEachOther(AtExitControl control) {
        List<ExitEvent> events = new ArrayList<>();
        runner.withPropertyValues("spring.main.lazy-initialization=true")
                .withBean("broken", ExitListener.class, () -> event -> {
                    throw new IllegalStateException("a listener that fails");
                })
                .withBean("sound", ExitListener.class, () -> events::add)
                .run(context -> assertThat(context).hasNotFailed());
        AtExit.register(() -> {});
        control.exit();
        assertThat(events).first().isInstanceOf(ExitEvent.Began.class);
        assertThat(events).last().isInstanceOf(ExitEvent.Ended.class);
    }

    @Test
    void context_withListenersAndProperties_bothCount(AtExitControl control) {
        runner.withPropertyValues("atexit.deadline=40s")
                .withBean(ExitListener.class, () -> event -> {})
                .run(context -> assertThat(deadline(control))
                        .hasValueSatisfying(
                                left -> assertThat(left).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(40))));
    }

    @Test
    void context_withAPolicy_itCountsAsItIs(AtExitControl control) {
        ExitPolicy policy =
                ExitPolicy.builder().deadline(Duration.ofSeconds(50)).build();
        runner.withBean(ExitPolicy.class, () -> policy)
                .run(context -> assertThat(deadline(control))
                        .hasValueSatisfying(
                                left -> assertThat(left).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(50))));
    }

    @Test
    void context_withNothing_leavesWhatTheProgramHasConfigured(AtExitControl control) {
        AtExit.configure(ExitPolicy.builder().deadline(Duration.ofSeconds(30)).build());
        runner.run(context -> assertThat(deadline(control)).isPresent());
    }

    @Test
    void context_withAListenerAndABadProperty_fails() {
        runner.withPropertyValues("atexit.second.signal=stop")
                .withBean(ExitListener.class, () -> event -> {})
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("atexit.second.signal is 'stop', but must be halt or ignore"));
    }
}
