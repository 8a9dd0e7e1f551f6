__vitrine("VlRQAQA2RsMqcsIvsada4fCb5G68")
