/**
 * Runs commands that the operator of a worker has allowed, each in a directory of its own, and leaves nothing behind:
 * no process and no file.
 */
@NullMarked
package dev.leat.plugins.exec;

import org.jspecify.annotations.NullMarked;
