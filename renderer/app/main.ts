/** The entry of our screens. */
import { mount } from 'svelte';
import '../styles/base.css';
import App from './App.svelte';

const target = document.getElementById('app');
const transport = window.pointNumerique;
if (!target || !transport) throw new Error('the shell did not give the screens their transport');
mount(App, { target, props: { transport } });
