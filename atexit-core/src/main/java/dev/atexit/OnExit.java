package dev.atexit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that runs when the program ends: the counterpart of Python's {@code @atexit.register}. Marking alone
 * does nothing; {@link AtExit#registerAnnotated} registers the marked methods of a class or an object.
 *
 * <pre>{@code
 * @OnExit(order = 1) static void drain() {}
 * @OnExit(order = 2) static void close() {}
 * ...
 * AtExit.registerAnnotated(App.class);
 * }</pre>
 *
 * <p><b>Ordering.</b> The methods of one call of {@code registerAnnotated} run in ascending {@link #order}; a class file
 * does not keep the order of the source. <b>Signature.</b> No parameters, {@code void}, any visibility, any exception.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnExit {
    /**
     * When the method runs among those of its class, lowest first. Needed where a class has two marked methods.
     *
     * @return the place; no two methods of a class may share one
     */
    int order() default Integer.MIN_VALUE;

    /**
     * The name for reports and messages.
     *
     * @return the name; by default the class's simple name, a dot, and the method's name
     */
    String name() default "";
}
