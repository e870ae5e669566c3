/** Adds the styles of a cell's tools, once for all of them. */
import { addStyles } from '../add-styles.ts';
import styles from './cell-tools.css?inline';

addStyles(styles);
