namespace Underpaint.Storage.Torch;

/// <summary>
/// The instructions of a pickle that files of tensors are made of, under the names of Python's documentation. All others are
/// refused: those of the text protocols 0 and 1, of the copy registry, and of what would make arbitrary objects.
/// </summary>
internal enum PickleOpcode : byte
{
    Mark = (byte)'(',
    Stop = (byte)'.',
    Proto = 0x80,
    Frame = 0x95,

    None = (byte)'N',
    NewTrue = 0x88,
    NewFalse = 0x89,
    BinInt = (byte)'J',
    BinInt1 = (byte)'K',
    BinInt2 = (byte)'M',
    Long1 = 0x8A,
    Long4 = 0x8B,
    BinFloat = (byte)'G',
    BinString = (byte)'T',
    ShortBinString = (byte)'U',
    BinUnicode = (byte)'X',
    ShortBinUnicode = 0x8C,
    BinUnicode8 = 0x8D,
    BinBytes = (byte)'B',
    ShortBinBytes = (byte)'C',
    BinBytes8 = 0x8E,

    EmptyTuple = (byte)')',
    Tuple = (byte)'t',
    Tuple1 = 0x85,
    Tuple2 = 0x86,
    Tuple3 = 0x87,
    EmptyList = (byte)']',
    Append = (byte)'a',
    Appends = (byte)'e',
    EmptyDict = (byte)'}',
    SetItem = (byte)'s',
    SetItems = (byte)'u',
    EmptySet = 0x8F,
    AddItems = 0x90,
    FrozenSet = 0x91,

    BinPut = (byte)'q',
    LongBinPut = (byte)'r',
    Memoize = 0x94,
    BinGet = (byte)'h',
    LongBinGet = (byte)'j',

    Global = (byte)'c',
    StackGlobal = 0x93,
    BinPersId = (byte)'Q',
    Reduce = (byte)'R',
    NewObj = 0x81,
    Build = (byte)'b',
}
