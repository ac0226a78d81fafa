package dev.atexit.spring.boot;

import dev.atexit.ExitPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The properties of a program that are about its exit. System properties and the environment are left out: the library
 * looks there itself, and what it does not understand there must not keep the program from starting.
 */
final class PolicyProperties {
    private static final List<String> KEYS = List.of(
            "atexit.deadline",
            "atexit.stuck.notice",
            "atexit.second.signal",
            "atexit.track.uncaught",
            "atexit.report",
            "atexit.display",
            "atexit.sites",
            "atexit.durable",
            "atexit.durable.force",
            "atexit.sweep",
            "atexit.guardian",
            "atexit.commands");

    private final ConfigurableEnvironment environment;
    private final Iterable<ConfigurationPropertySource> sources;

    PolicyProperties(ConfigurableEnvironment environment) {
        this.environment = environment;
        List<PropertySource<?>> ofTheProgram = new ArrayList<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            String name = source.getName();
            if (!name.equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)
                    && !name.equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
                    && !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
                ofTheProgram.add(source);
            }
        }
        this.sources = ConfigurationPropertySources.from(ofTheProgram);
    }

    static List<String> keys() {
        return KEYS;
    }

    /**
     * Adds what is set.
     *
     * @return whether anything is
     * @throws InvalidConfigurationPropertyValueException if a value is not understood; Spring Boot explains it to the user
     */
    boolean addTo(ExitPolicy.Builder policy) {
        boolean any = false;
        for (String key : KEYS) {
            ConfigurationProperty property = find(key);
            if (property != null) {
                set(policy, key, property);
                any = true;
            }
        }
        return any;
    }

    private @Nullable ConfigurationProperty find(String key) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(key);
        for (ConfigurationPropertySource source : sources) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return property;
            }
        }
        return null;
    }

    private void set(ExitPolicy.Builder policy, String key, ConfigurationProperty property) {
        String text = environment.resolveRequiredPlaceholders(String.valueOf(property.getValue()));
        try {
            policy.property(key, text);
        } catch (IllegalArgumentException notUnderstood) {
            String where = property.getOrigin() == null ? "" : " It stands in " + property.getOrigin() + ".";
            throw new InvalidConfigurationPropertyValueException(key, text, notUnderstood.getMessage() + "." + where);
        }
    }
}
