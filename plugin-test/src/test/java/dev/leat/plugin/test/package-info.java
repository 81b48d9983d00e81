@NullMarked
package dev.leat.plugin.test;

import org.jspecify.annotations.NullMarked;
