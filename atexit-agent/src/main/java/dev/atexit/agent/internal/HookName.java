package dev.atexit.agent.internal;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Says which hook it is: by the name of its thread, which may be no more than {@code Thread-3}, and by whose code it runs. */
final class HookName {
    private static final String LAMBDA = "$$Lambda";

    private HookName() {}

    static String of(Thread thread) {
        Class<?> type = code(thread);
        return type == null ? thread.getName() : thread.getName() + " (" + describe(type.getName()) + ")";
    }

    /** The class whose code the thread runs, or null if that cannot be seen. */
    private static @Nullable Class<?> code(Thread thread) {
        if (thread.getClass() != Thread.class) {
            return thread.getClass();
        }
        try {
            Object target = target(thread);
            return target == null ? null : target.getClass();
        } catch (ReflectiveOperationException | RuntimeException otherJdk) {
            // Its name must do.
            return null;
        }
    }

    private static @Nullable Object target(Thread thread) throws ReflectiveOperationException {
        try {
            return value(Thread.class.getDeclaredField("target"), thread);
        } catch (NoSuchFieldException since19) {
            Object holder = value(Thread.class.getDeclaredField("holder"), thread);
            return holder == null ? null : value(holder.getClass().getDeclaredField("task"), holder);
        }
    }

    private static @Nullable Object value(Field field, Object of) throws ReflectiveOperationException {
        field.setAccessible(true);
        return field.get(of);
    }

    /** The name of a lambda's class differs from run to run; the class it stands in does not. */
    private static String describe(String type) {
        int lambda = type.indexOf(LAMBDA);
        if (lambda > 0) {
            return "lambda in " + type.substring(0, lambda);
        }
        int hidden = type.indexOf('/');
        return hidden < 0 ? type : type.substring(0, hidden);
    }
}
