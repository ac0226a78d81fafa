package dev.atexit.spring.boot;

import dev.atexit.ExitEvent;
import dev.atexit.ExitListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Standard error, and then each listener that is a bean; one that throws does not keep the others from being told. */
final class BeanListeners implements ExitListener {
    private final List<ExitListener> beans;

    BeanListeners(List<ExitListener> beans) {
        this.beans = beans;
    }

    @Override
    public void on(ExitEvent event) {
        ExitListener.standardError().on(event);
        @Nullable Throwable first = null;
        for (ExitListener bean : beans) {
            try {
                bean.on(event);
            } catch (RuntimeException | Error thrown) {
                if (first == null) {
                    first = thrown;
                } else {
                    first.addSuppressed(thrown);
                }
            }
        }
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
