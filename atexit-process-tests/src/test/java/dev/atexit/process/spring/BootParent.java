package dev.atexit.process.spring;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;

/** The parent of another application context, with a bean of its own. */
@SpringBootConfiguration
public class BootParent {
    @Bean
    BootProgram.Pool parentPool() {
        return new BootProgram.Pool();
    }
}
