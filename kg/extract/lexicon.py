"""Words of the language of abstracts: what is never a name, and which noun makes a thing what it is.

These are words of English and of the field, not names: names of models, benchmarks and licences live in the ontology.
"""

from __future__ import annotations

import re

__all__ = [
    "CLASS_NAMES",
    "DATA_NOUN",
    "GENERIC_NAMES",
    "HEAD_NOUN",
    "SENTENCE_OPENERS",
    "TECHNIQUES",
    "TYPE_OF_NOUN",
    "type_of_phrase",
]

#: Words that begin sentences; capitalised there, they name nothing.
SENTENCE_OPENERS = frozenset(
    """
    a about above accordingly across additionally after against all along alongside also although among an and
    another any as at based because before behind below besides between beyond both broader but by central code
    combined compared comparing comprehensive consequently consider considering conversely crucially current
    currently data deep deploying despite different does due during each early either empirical empirically
    especially evaluation evaluations even every evidence existing experiment experimental experiments extensive
    few finally first following for from fully fundamental further furthermore future gains generally given here
    high hence how however human humans i if importantly in including inspired instead interestingly into is it
    its key large last lastly later learning leveraging like low many meanwhile model models more moreover most
    motivated much my namely nearly neural new next no nonetheless not notably note novel now numerous of on
    once one only open or other our over overall paper particularly per performance pre previous prior program
    project rather recent recently relative remarkably researchers results rich robust scaling second secondly
    see self several shared similar similarly simple since single small so some source specifically starting
    state still strong studies studying such surprisingly system systematic systems take taken task tasks
    technical than that the their then there therefore these they third this those though three through
    throughout thus to today together towards training two typically ultimately under unfortunately unlike until
    upon us using various very via vision we what when where whereas whether which while who whose why with
    within without work works world yet you zero lightweight humanoid language building bridging additional
    applied detailed core four five six seven eight nine ten part various trained tested results theoretical
    qualitative quantitative ablation ablations analyses analysis code our ours demo weights checkpoints is are
    was were has have wherein whilst herein therein notwithstanding constructed evaluated equipped
    empowered driven armed grounded benchmarked
    """.split()
)

#: Names of the field's concepts, tasks and hardware: capitalised or abbreviated, yet no artefact.
GENERIC_NAMES = frozenset(
    """
    ai agi ml dl nlp nlg nlu cv rl ir hci llm llms lm lms slm slms plm plms vlm vlms lvlm lvlms mllm mllms lmm
    lmms vla vlas asr tts ocr qa vqa mt nmt smt stt s2st e2e ood ood iid sota rlhf rlaif rlvr sft
    gpu gpus cpu cpus tpu tpus npu fpga cuda flop flops gflops tflops api apis ui gui uis guis url http https
    www json html xml sql csv pdf python java javascript c c++ rust cnn cnns rnn rnns lstm lstms gru gan gans
    vae vaes mlp mlps gnn gnns gcn gat dnn dnns ann anns snn snns svm svms moe moes smoe nas ssl cot tot rag icl
    peft 3d 2d 4d 1d 6d rgb rgb-d bev nerf mri ct eeg ecg fmri x-ray wsi pet icu ehr emr covid covid-19 us uk eu
    un usa china english chinese french german spanish arabic hindi japanese korean russian portuguese italian
    dutch turkish vietnamese indian african asian european american bayesian gaussian markov monte carlo fourier
    hilbert lagrangian euclidean riemannian boolean bernoulli poisson wasserstein lipschitz nash pareto internet
    web wikipedia github hugging face huggingface arxiv twitter reddit youtube android ios linux windows i.e e.g
    etc table figure section appendix algorithm theorem lemma stage step phase task level type part dataset
    experiment equation question research challenge workshop conference track bleu rouge meteor cider wer cer
    f1-score f1-scores
    fid psnr ssim lpips map miou iou auc auroc f1 mse rmse mae mrr ndcg bpb bits ppl mos elo dice bertscore fvd
    large language model models artificial intelligence machine deep reinforcement natural processing computer
    vision neural network networks human-ai kl kld sgd adam adamw relu gelu softmax transformer-based llm-based
    bci bcis iot 5g 6g uav uavs ros hpc hbm sram dram kv dom ide cli os january february march april june july
    august september october november december monday sunday code data benchmark dataset framework method bpe id
    ids db sdk pii safety-critical state-of-the-art pre-training fine-tuning ablation a100 h100 v100 rtx tpuv4
    tpuv3 dft pde pdes ode odes ap50 ap75 map50 nl-pl pl-nl pl-pl nfe nfes hpe ap em auprc acc snr psnr rmse fm fms our
    we this any all both their its your
    ffn ffns mha mqa gqa kl-divergence
    """.split()
)

#: Names of whole classes of networks: "a dense Transformer" is one of them, and only "the Transformer" is the thing.
CLASS_NAMES = frozenset(
    """
    transformer transformers convnet convnets unet unets u-net u-nets autoencoder autoencoders resnet resnets vit vits
    cnn cnns gan gans vae vaes gpt-like bert-like
    """.split()
)

#: Ways to train and adapt: no model is made of them.
TECHNIQUES = frozenset("dpo ppo grpo sft rlhf rlvr kto orpo lora qlora dora peft rl".split())

#: The nouns that make what they name a thing of a class of the vocabulary.
_NOUNS = {
    "Model": """
        model models llm llms lm lms vlm vlms mllm mllms lmm checkpoint checkpoints recognizer tokenizer
        classifier detector generator assistant chatbot transformer transformers series generalist encoder
        decoder policy embedder retriever foundation-model
    """,
    "Benchmark": """
        benchmark benchmarks suite testbed leaderboard challenge stream test-suite testset arena
    """,
    "Dataset": """
        set sets dataset datasets corpus corpora collection database treebank annotations corpuses
    """,
    "Method": """
        method methods framework frameworks approach approaches algorithm algorithms technique techniques
        architecture architectures paradigm pipeline pipelines strategy strategies mechanism mechanisms
        module modules recipe scheme objective loss losses optimizer attention layer layers procedure
        formulation network networks autoencoder estimator sampler scheduler schedule regularizer metric
        metrics measure protocol backbone operator system systems adapter adapters agent agents
        family-of-methods sub-network prior planner paradigms extension policy-optimization kernel kernels
        adversary decomposition optimization cache quantization tuning attack attacks prompting defense defence
    """,
    "Software": """
        library libraries toolkit toolkits package packages platform platforms software tool tools simulator
        simulators environment environments codebase toolbox engine engines compiler app application
        interface gym sandbox infrastructure store server plugin editor
    """,
}

#: Which class of the vocabulary the head noun of a phrase makes its name.
TYPE_OF_NOUN = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}

#: Nouns whose name is data, as alternatives of a pattern.
DATA_NOUN = (
    r"(?:benchmarks?|datasets?|data ?sets?|corpus|corpora|suite|test ?sets?|challenge|leaderboard|tasks?|collection)"
)

#: Every noun that can head the phrase of an artefact.
HEAD_NOUN = "(?:" + "|".join(sorted(map(re.escape, TYPE_OF_NOUN), key=lambda n: (-len(n), n))) + ")"

_HEADS = re.compile(rf"\b(?<![-\w])({HEAD_NOUN})(?![-\w])", re.IGNORECASE)
_TAIL = re.compile(
    r"(?<![-\w])(?:for|of|that|which|to|with|in|on|from|by|using|based|built|trained|where|consisting"
    r"|comprising|via|ranging|whose|when|while|as|at|over|through|under|across|capable"
    r"|(?:consolidat|contain|cover|spann|featur|combin|provid|enabl|includ|integrat|leverag|aim|allow"
    r"|support|offer|rang"
    r"|collect|achiev|outperform|address|target|extend|operat|aggregat|captur)ing"
    r"|(?:design|develop|power|compris|compos|aim|tailor|deriv|collect|optimi[sz]|inspir|fine-?tun|releas"
    r"|generat|curat)ed"
    r"|drawn|and (?:an?|our|the|its))(?![-\w])|[,;:(]"
)


_BRACKETS = re.compile(r" ?\([^()]*\)")


def type_of_phrase(phrase: str, *, strict: bool = False) -> str:
    """Give the class that a noun phrase gives to what it describes, or ``""``.

    The head is the last known noun before the first preposition or relative clause; ``a family of X models`` looks on
    behind its ``of``. A ``strict`` reading takes no noun from behind the preposition.

    >>> type_of_phrase("a lightweight open source model for code agents"), type_of_phrase("a suite of tasks")
    ('Model', 'Benchmark')
    >>> type_of_phrase("a family of parameter-efficient dense language models")
    'Model'
    """
    phrase = _BRACKETS.sub("", phrase)
    collective = re.match(
        r"\s*(?:an?|the|our)?\s*(?:\S+\s){0,3}?(?:family|series|set|class|pair|suite|collection|herd|line) of\s+",
        phrase,
    )
    if collective:
        members = phrase[collective.end() :]
        if not re.search(r"suite|collection", collective[0]) or type_of_phrase(members, strict=True) == "Model":
            phrase = members
    stop = _TAIL.search(phrase, 1)
    head = phrase[: stop.start()] if stop else phrase
    nouns = _HEADS.findall(head)
    if not nouns and stop and phrase[stop.start()] == ",":  # "a new, specialized corpus"
        return type_of_phrase("a" + phrase[stop.end() :], strict=strict)
    if not nouns and not strict:  # the head may stand behind: "continued training with distillation technique"
        last = re.search(rf"(?<![-\w])({HEAD_NOUN})\W*$", phrase, re.IGNORECASE)
        nouns = [last[1]] if last else []
    return TYPE_OF_NOUN[nouns[-1].lower()] if nouns else ""
