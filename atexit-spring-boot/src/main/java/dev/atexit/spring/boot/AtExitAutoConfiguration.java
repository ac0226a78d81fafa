package dev.atexit.spring.boot;

import dev.atexit.ExitListener;
import dev.atexit.ExitPolicy;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Applies what the beans say about the exit: the {@link ExitPolicy} that is a bean, as it is; or else {@code atexit.*} of the
 * program's properties together with every {@link ExitListener} that is a bean. Where there is nothing of all this, what the
 * program has configured itself stays.
 *
 * <pre>{@code
 * @Bean
 * ExitListener exitMetrics(MeterRegistry registry) {
 *     return event -> { ... };
 * }
 * }</pre>
 *
 * <p><b>Threading.</b> Done once, when all singletons are there. <b>Ordering.</b> With several application contexts the last
 * one counts. A listener is told of the exit when the beans are destroyed: it must not need other ones then. <b>Failure.</b>
 * The program does not start if a property is not understood. <b>Not guaranteed.</b> That a bean which registers something
 * that survives a kill finds the policy of a bean; that of the properties is there before all beans.
 */
@AutoConfiguration
public final class AtExitAutoConfiguration {
    /** Called by Spring. */
    AtExitAutoConfiguration() {}

    /** Applies the policy. */
    @Bean
    PolicyOfBeans atexitPolicyOfBeans(
            ConfigurableEnvironment environment,
            ObjectProvider<ExitPolicy> policies,
            ObjectProvider<ExitListener> listeners) {
        return new PolicyOfBeans(environment, policies, listeners);
    }
}
