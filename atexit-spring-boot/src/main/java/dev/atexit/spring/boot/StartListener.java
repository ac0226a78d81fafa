package dev.atexit.spring.boot;

import dev.atexit.AtExit;
import dev.atexit.ExitPolicy;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySource.StubPropertySource;

/**
 * What is done when an application starts, before there are beans: some of them may register handlers when they are made.
 * Comes right after logging, which has then registered its stop with Spring Boot.
 */
final class StartListener implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    private static final String SERVLET_CONTEXT = "servletContextInitParams";

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        ExitPolicy.Builder policy = ExitPolicy.builder();
        if (new PolicyProperties(environment).addTo(policy)) {
            configure(policy.build());
        }
        if (!isDeployed(environment)) {
            ShutdownSlot.take();
        }
    }

    static void configure(ExitPolicy policy) {
        try {
            AtExit.configure(policy);
        } catch (IllegalStateException exitHasBegun) {
            // Whatever starts now will not come far.
            return;
        }
    }

    /** Whether a servlet container has the program: then Spring Boot has no shutdown hook, and others outlive it. */
    private static boolean isDeployed(ConfigurableEnvironment environment) {
        @Nullable PropertySource<?> context = environment.getPropertySources().get(SERVLET_CONTEXT);
        return context != null && !(context instanceof StubPropertySource);
    }
}
