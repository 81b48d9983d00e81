/** What stands on the command line, made into the params of a job. */
@NullMarked
package dev.leat.cli.params;

import org.jspecify.annotations.NullMarked;
