/** Words of what a newcomer asks, at the end of the page. */
export const aboutText = {
  heading: 'How it works',
  lead: 'The parts of a network usually talk at every step of training: activations forward, gradients back. Here they need not.',
  steps: {
    cut: {
      title: 'Cut',
      body: 'The network is cut into parts, and each part lives on a device of its own.',
    },
    label: {
      title: 'Make up labels',
      body: 'At each cut every class gets a random vector: its synthetic intermediate label (SIL). Every device draws the same ones from the seed, so none has to be sent.',
    },
    train: {
      title: 'Train apart',
      body: 'The first part learns to answer an image with its class’s vector, the next one to read the class from the vector. They train at the same time, and nothing passes between them.',
    },
    join: {
      title: 'Put together',
      body: 'End to end, the parts classify. How well, and for how much memory and work, is what the curves hold against conventional training.',
    },
  },
  questions: {
    real: {
      question: 'Is this real training?',
      answer:
        'Yes. Each device is a worker of your browser with an engine of its own: WebGPU shaders, WebAssembly or TensorFlow.js. No image leaves your machine. Only a recording, which says so, shows a run from elsewhere.',
    },
    measured: {
      question: 'Which figures are measured?',
      answer:
        'Memory is every allocation, traffic is every message between devices, and clocks are each strategy’s own turns: these are measured. Costs under the network and epochs on separate machines are computed from the layers, and say “modelled”.',
    },
    turns: {
      question: 'Why do strategies take turns?',
      answer:
        'One machine has to do for all of them. In turns, each has it for itself, and its clock counts only its own work. Devices of one strategy do work at the same time.',
    },
    lost: {
      question: 'Is nothing lost?',
      answer: (good: string, bad: string) =>
        `It depends on where the cut is. The first part must be deep enough to learn its labels: compare “${good}” with “${bad}” under “Start from”. What the first part does not learn, no later part can win back.`,
    },
    work: {
      question: 'Who does the work?',
      answer:
        'Controls tell. With plain labels the first part alone, which answers with the class of the nearest label, is as good as all parts joined: later parts only read a class from a vector that already tells it. Behind features, and behind labels that carry the image, it is the last part alone: it makes what stands at the cut by itself, and learns from that as much as all parts reach. Layers behind a front that stays random learn much, too. And features, which nobody learned, are a good start for conventional training: its fair twin begins with them. “Inside SIL” shows all of it beside what the parts reach together.',
    },
    neighbours: {
      question: 'What else learns without waiting for gradients?',
      answer:
        'Local losses: each stage has a small head that tells the classes from what the stage gives, and learns by that alone. Activations still go forward at every batch, so half of model parallelism’s traffic is left; and each head takes memory that the joined network does not need. With one hand-off, the parts learn one after the other instead, and what a finished part gives for every training image is sent once. By',
      sources: 'Belilovsky, Eickenberg and Oyallon, and Nøkland and Eidnes:',
      blocks:
        'And denoising blocks: each device trains a small network that reads the image and a noised class, the later ones with less noise. Nothing is sent, and an answer goes through all of them; whether that beats the first one alone stands under “Inside SIL”. After Li, Teh and Pascanu, and Shing, Koyama and Akiba:',
    },
    colours: {
      question: 'What do the colours mean?',
      answer:
        'In the network, one tint per device. In charts, one colour and one kind of dash per strategy. In pictures of labels, warm is above zero and cool is below.',
    },
    source: {
      question: 'Who thought of it?',
      answer: 'The method is by Karadağ and Topaloğlu:',
      data: 'The characters are from EMNIST (Cohen, Afshar, Tapson and van Schaik) and MNIST (LeCun, Cortes and Burges):',
    },
  },
} as const;
