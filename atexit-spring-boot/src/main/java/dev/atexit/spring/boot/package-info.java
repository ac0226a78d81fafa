/** AtExit in Spring Boot. */
@NullMarked
package dev.atexit.spring.boot;

import org.jspecify.annotations.NullMarked;
