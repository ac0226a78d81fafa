/**
 * AtExit in Spring Boot. There is nothing to call: with this module on the class path, exit handlers run when the beans are
 * destroyed and before logging stops, {@code atexit.*} in {@code application.properties} counts, and beans that are an {@link
 * dev.atexit.ExitListener} are told what happens.
 */
@NullMarked
package dev.atexit.spring.boot;

import org.jspecify.annotations.NullMarked;
