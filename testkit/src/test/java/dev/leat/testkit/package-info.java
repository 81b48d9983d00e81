@NullMarked
package dev.leat.testkit;

import org.jspecify.annotations.NullMarked;
