/** Whether memory is counted with the images: one switch for every figure on the page. They dwarf a small network. */
import { create } from 'zustand';

export const useImages = create<{ readonly images: boolean }>()(() => ({ images: false }));

export const countImages = (images: boolean): void => useImages.setState({ images });
