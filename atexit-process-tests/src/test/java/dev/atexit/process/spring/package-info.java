/** Real programs of Spring Boot, in each version that is supported. */
package dev.atexit.process.spring;
