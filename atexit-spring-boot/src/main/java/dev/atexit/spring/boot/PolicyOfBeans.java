package dev.atexit.spring.boot;

import dev.atexit.ExitListener;
import dev.atexit.ExitPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.ConfigurableEnvironment;

/** Applies what the beans of an application context say about the exit. */
final class PolicyOfBeans implements SmartInitializingSingleton {
    private final ConfigurableEnvironment environment;
    private final ObjectProvider<ExitPolicy> policies;
    private final ObjectProvider<ExitListener> listeners;

    PolicyOfBeans(
            ConfigurableEnvironment environment,
            ObjectProvider<ExitPolicy> policies,
            ObjectProvider<ExitListener> listeners) {
        this.environment = environment;
        this.policies = policies;
        this.listeners = listeners;
    }

    @Override
    public void afterSingletonsInstantiated() {
        @Nullable ExitPolicy policy = policies.getIfAvailable();
        if (policy == null) {
            policy = ofPropertiesAndListeners();
        }
        if (policy != null) {
            StartListener.configure(policy);
        }
    }

    private @Nullable ExitPolicy ofPropertiesAndListeners() {
        List<ExitListener> told = listeners.orderedStream().toList();
        if (told.isEmpty()) {
            // The properties alone have counted since the start.
            return null;
        }
        ExitPolicy.Builder builder = ExitPolicy.builder().listener(new BeanListeners(told));
        new PolicyProperties(environment).addTo(builder);
        return builder.build();
    }
}
