@NullMarked
package dev.leat.embedded;

import org.jspecify.annotations.NullMarked;
