@NullMarked
package dev.leat.simulation;

import org.jspecify.annotations.NullMarked;
