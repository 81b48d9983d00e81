/**
 * Which plugins a worker hosts from moment to moment: those of its class path, and those that come and go with the jars
 * of a folder, each with a class loader of its own.
 */
@NullMarked
package dev.leat.worker.bundle;

import org.jspecify.annotations.NullMarked;
