/**
 * For the tests of a plugin; it needs neither Kafka nor any service, and takes milliseconds.
 *
 * <ul>
 *   <li>{@link dev.leat.plugin.test.JobHandlerTester} runs one attempt of a job as a worker would, and shows all that the
 *       handler said.
 *   <li>{@link dev.leat.plugin.test.JobHandlerContract} is a test class to extend: it checks what is expected of every
 *       handler.
 * </ul>
 */
@NullMarked
package dev.leat.plugin.test;

import org.jspecify.annotations.NullMarked;
