/** The commands of users: they speak to a running Leat over HTTP and show what it says. */
@NullMarked
package dev.leat.cli;

import org.jspecify.annotations.NullMarked;
