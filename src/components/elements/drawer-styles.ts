/** Adds the styles of drawers, once, and before those of a single drawer. */
import { addStyles } from './add-styles.ts';
import styles from './drawer.css?inline';

addStyles(styles);
