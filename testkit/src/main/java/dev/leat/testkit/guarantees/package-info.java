/** The guarantees of Leat as objects that judge a recorded history, whatever made it: a test, a simulation, chaos. */
@NullMarked
package dev.leat.testkit.guarantees;

import org.jspecify.annotations.NullMarked;
