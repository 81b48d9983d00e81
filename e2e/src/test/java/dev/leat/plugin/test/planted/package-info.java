/** What the rules between modules must refuse in what tests of plugins run on. */
@NullMarked
package dev.leat.plugin.test.planted;

import org.jspecify.annotations.NullMarked;
