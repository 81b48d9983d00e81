@NullMarked
package dev.leat.worker;

import org.jspecify.annotations.NullMarked;
